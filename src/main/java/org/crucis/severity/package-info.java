/**
 * What is known of the error rates of the suite itself: how often criteria err in simulations, which planted faults the
 * claims notice, how runs on fresh seeds came out, how far two routes of an instrument agree. Files beside the reports,
 * committed, so that every report can show them.
 */
package org.crucis.severity;
