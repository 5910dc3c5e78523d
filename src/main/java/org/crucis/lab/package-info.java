/**
 * How a claim is run: sweeps and trials, the plan that is known before anything runs, the engine that runs trials in
 * parallel, and the looks after which each prediction is decided.
 *
 * <p>The flow has one direction: plan, trials, observations, criteria, findings, evidence.
 */
package org.crucis.lab;
