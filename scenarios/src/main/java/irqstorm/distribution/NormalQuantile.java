// SPDX-License-Identifier: Apache-2.0
package irqstorm.distribution;

/**
 * Upper quantiles of the standard normal distribution, to about 16 digits: algorithm AS 241, function PPND16 (M. J.
 * Wichura, "The percentage points of the normal distribution", Applied Statistics 37, 1988, 477-484), for tails of
 * 10<sup>-11</sup> to one half, which is all that is needed here. The names of the coefficients are those of the paper,
 * their values rounded to double precision.
 */
final class NormalQuantile {

    private static final double SPLIT_CENTRE = 0.425;
    private static final double SPLIT_TAIL = 1.6;

    private static final double[] A = {
        2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987,
        13731.69376550946, 1971.5909503065513, 133.14166789178438, 3.3871328727963665
    };
    private static final double[] B = {
        5226.495278852546, 28729.085735721943, 39307.89580009271, 21213.794301586597,
        5394.196021424751, 687.1870074920579, 42.31333070160091, 1.0
    };
    private static final double[] C = {
        0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684,
        3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835
    };
    private static final double[] D = {
        1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008,
        0.6897673349851, 1.6763848301838038, 2.053191626637759, 1.0
    };

    private NormalQuantile() {}

    /**
     * How many standard deviations above the mean the upper tail begins.
     *
     * @param tail the probability of the tail, 10<sup>-11</sup> to 0.5
     */
    static double ofUpperTail(double tail) {
        double distance = 0.5 - tail;
        if (distance <= SPLIT_CENTRE) {
            double r = SPLIT_CENTRE * SPLIT_CENTRE - distance * distance;
            return distance * polynomial(A, r) / polynomial(B, r);
        }
        double r = Math.sqrt(-StrictMath.log(tail)) - SPLIT_TAIL;
        return polynomial(C, r) / polynomial(D, r);
    }

    private static double polynomial(double[] descending, double x) {
        double sum = 0;
        for (double coefficient : descending) {
            sum = sum * x + coefficient;
        }
        return sum;
    }
}
