/** Provisional. */
@Paper(
        title = "Over Parameterized Two-level Neural Networks Can Learn Near Optimal Feature Representations",
        authors = "Fang, Dong, Zhang",
        year = 2019,
        arxiv = "1910.11508",
        about = "Two-layer networks learn a law of features.")
package fang2019;

import org.crucis.junit.Paper;
