/**
 * What breaks the correspondence between wide networks and kernels, and what mends it.
 *
 * <p>Lee and others compare finite networks with their infinite-width kernels on real data. Among what they find: averaging
 * an ensemble of networks, and subtracting each network's initial output ("centring"), bring finite networks closer to the
 * kernel predictor.
 *
 * <p>How sure: only the abstract was read; what is predicted of it here is derived from the closed-form dynamics.
 */
@Paper(
        title = "Finite Versus Infinite Neural Networks: an Empirical Study",
        authors = "Lee, Schoenholz, Pennington, Adlam, Xiao, Novak, Sohl-Dickstein",
        year = 2020,
        arxiv = "2007.15801",
        about = """
                Ensembles of finite networks, and centring each network by its initial output, come close to the
                infinite-width kernel predictor; large step sizes and weight decay take networks away from it.""")
package lee2020;

import org.crucis.junit.Paper;
