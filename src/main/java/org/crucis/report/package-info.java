/**
 * The report: what a person, a CI job and a badge read of a run.
 *
 * <p>It is made from a folder of evidence and from nothing else, so it can be rebuilt from an old run, or from a run made on
 * another machine; the same evidence gives the same bytes. The roster says what the run set out to do, the evidence what came
 * of it. They are joined first ({@code Joined}): whatever is on the roster and has no evidence is VOID, since silence must
 * never look like success. From the joined run come the counts ({@code Tally}), the summaries and badges for machines, a log
 * for code hosts ({@code Sarif}), and the page for people. Two runs, joined each, give a {@code Comparison}. A file that cannot be read is named on the page, the rest is shown: no content of an evidence file
 * makes the report fail.
 *
 * <p>The page is one file that needs neither network nor script. Mathematics is typeset when the page is made (KaTeX to
 * MathML), figures are drawn here as SVG.
 */
package org.crucis.report;
