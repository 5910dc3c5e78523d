package org.crucis.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import org.crucis.lab.TrialJson;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialSpec;

/**
 * A trial as it lies in the ledger.
 *
 * @param point coordinates as JSON
 * @param result as JSON
 * @param checksum CRC-32 of all else, the setting spelt out: a changed bit is never taken for a number
 */
record StoredTrial(Setting setting, int block, String point, String result, long checksum) {

    static StoredTrial of(Setting setting, TrialSpec spec, TrialResult result) {
        String point = TrialJson.write(spec.point());
        String text = TrialJson.write(result, spec.point());
        return new StoredTrial(setting, spec.block(), point, text, checksum(setting, spec.block(), point, text));
    }

    boolean isWhole() {
        return checksum == checksum(setting, block, point, result);
    }

    /** The result; empty when it is not what was written. */
    Optional<TrialResult> resultFor(TrialSpec spec) {
        return isWhole() ? Optional.of(TrialJson.readResult(result, spec)) : Optional.empty();
    }

    private static long checksum(Setting setting, int block, String point, String result) {
        CRC32 crc = new CRC32();
        String key = String.join(
                "\n",
                setting.claim(),
                setting.claimClass(),
                setting.experiment(),
                setting.plan(),
                String.valueOf(setting.edition()),
                setting.code(),
                setting.environment(),
                String.valueOf(block),
                point,
                result);
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
