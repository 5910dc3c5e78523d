/** Finished trials, kept under all that they depend on, so that none is run twice and none is lost. */
package org.crucis.ledger;
