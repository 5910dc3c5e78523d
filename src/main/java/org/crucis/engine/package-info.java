/** Where trials run: on threads of this process, or in processes of their own that may die. */
package org.crucis.engine;
