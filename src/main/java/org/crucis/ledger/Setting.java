package org.crucis.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.crucis.lab.TrialSpec;

/**
 * All that the bits of a result depend on beside its point and block. Trials are kept under it in full, so that whoever
 * looks into a ledger can read what a number belongs to.
 *
 * @param claim id of the claim
 * @param claimClass binary name of its class
 * @param experiment name of the field that holds the experiment
 * @param plan digest of the claim's plan, which seeds its trials
 * @param edition which seeds of that plan
 * @param code fingerprint of the code that the trials run
 * @param environment numeric environment in one line
 */
public record Setting(
        String claim, String claimClass, String experiment, String plan, int edition, String code, String environment) {

    static Setting of(TrialSpec spec, String code, String environment) {
        return new Setting(
                spec.seeds().claim(),
                spec.claimClass(),
                spec.experiment(),
                spec.seeds().planDigest(),
                spec.seeds().edition(),
                code,
                environment);
    }

    /** The settings of a ledger, by their numbers. */
    static Map<Long, Setting> all(Connection connection) throws SQLException {
        return read(connection.prepareStatement("SELECT * FROM setting"));
    }

    /** Those of the same experiment. */
    Map<Long, Setting> kin(Connection connection) throws SQLException {
        PreparedStatement select =
                connection.prepareStatement("SELECT * FROM setting WHERE claim = ? AND experiment = ?");
        select.setString(1, claim);
        select.setString(2, experiment);
        return read(select);
    }

    private static Map<Long, Setting> read(PreparedStatement select) throws SQLException {
        Map<Long, Setting> settings = new HashMap<>();
        try (select;
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                settings.put(rows.getLong("id"), read(rows));
            }
        }
        return settings;
    }

    static Setting read(ResultSet row) throws SQLException {
        return new Setting(
                row.getString("claim"),
                row.getString("class"),
                row.getString("experiment"),
                row.getString("plan"),
                row.getInt("edition"),
                row.getString("code"),
                row.getString("environment"));
    }

    /** In the order in which the reasons are declared: what was changed on purpose comes first. */
    List<Reuse.Reason> differencesFrom(Setting other) {
        List<Reuse.Reason> differences = new ArrayList<>();
        if (edition != other.edition) {
            differences.add(Reuse.Reason.EDITION);
        }
        if (!plan.equals(other.plan)) {
            differences.add(Reuse.Reason.PLAN);
        }
        // A class that was renamed is other code.
        if (!code.equals(other.code) || !claimClass.equals(other.claimClass)) {
            differences.add(Reuse.Reason.CODE);
        }
        if (!environment.equals(other.environment)) {
            differences.add(Reuse.Reason.ENVIRONMENT);
        }
        return differences;
    }
}
