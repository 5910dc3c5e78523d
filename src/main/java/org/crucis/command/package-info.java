/**
 * The command line, one class a command. A command prints what it did; what the user got wrong is answered in one sentence on
 * standard error with exit code 2.
 */
package org.crucis.command;
