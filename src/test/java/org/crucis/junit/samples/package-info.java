/**
 * Sample claims, at least one for each way in which a claim can end. Most of them are meant to fail: they are run by
 * {@code VerdictsTest} and its neighbours, which hold each one to its exact outcome, and never by the build itself. They
 * need no network: what they measure is a formula of the size, the block and {@code trial.random}.
 */
@Paper(
        title = "Sample claims",
        authors = "Nobody",
        year = 2026,
        about = "Claims without theory, one for each way in which a claim can end.")
package org.crucis.junit.samples;

import org.crucis.junit.Paper;
