/**
 * What a checked claim is made of: verdicts, observations, criteria, findings, figures and the evidence that holds them.
 *
 * <p>Everything here is a value. The room imports no other room of Crucis: the report can be rebuilt from evidence alone,
 * years later and on another machine.
 */
package org.crucis.claim;
