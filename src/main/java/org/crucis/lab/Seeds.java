package org.crucis.lab;

import java.nio.ByteBuffer;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.claim.Sha256;

/**
 * Streams of random numbers by name, all derived from the claim, its plan and the edition: a changed plan draws new seeds,
 * so that nobody shops for them, and a new draw shifts no other.
 */
public record Seeds(String claim, String planDigest, int edition) {

    UniformRandomProvider stream(Object... names) {
        StringBuilder key = new StringBuilder(claim + '\n' + planDigest + '\n' + edition);
        for (Object name : names) {
            key.append('\n').append(name);
        }
        long seed = ByteBuffer.wrap(Sha256.of(key.toString())).getLong();
        return RandomSource.XO_SHI_RO_256_PP.create(seed);
    }

    static String digest(String text) {
        return Sha256.hex(text);
    }
}
