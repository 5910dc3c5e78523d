package org.crucis.lab;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

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
        long seed = ByteBuffer.wrap(sha256(key.toString())).getLong();
        return RandomSource.XO_SHI_RO_256_PP.create(seed);
    }

    static String digest(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
