package org.crucis.spark;

import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.crucis.engine.EngineFactory;
import org.crucis.engine.EngineSettings;
import org.crucis.lab.Engine;

/**
 * {@code spark:MASTER}, such as {@code spark:local[2]} or {@code spark:spark://host:7077}; {@code spark} alone where
 * spark-submit has named the master. How many trials run at once is the cluster's matter, not the settings'.
 */
public final class SparkEngineFactory implements EngineFactory {

    /** Spark itself answers a slip with a page of stack. */
    private static final Pattern MASTER =
            Pattern.compile("local(\\[(\\*|[0-9]+)(, *[0-9]+)?])?|local-cluster\\[.+]|yarn|[a-z0-9]+://.+");

    @Override
    public String name() {
        return "spark";
    }

    @Override
    public void check(String address) {
        conf(address);
    }

    @Override
    public Engine open(String address, EngineSettings settings) {
        return SparkEngine.start(conf(address), settings);
    }

    private static SparkConf conf(String address) {
        SparkConf conf;
        try {
            conf = new SparkConf();
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    "Spark is not on the class path: leave the folder spark where it was built, beside the jar, or start"
                            + " Crucis with spark-submit",
                    e);
        }
        if (MASTER.matcher(address).matches()) {
            return conf.setMaster(address);
        }
        if (!address.isEmpty()) {
            throw new IllegalArgumentException("Spark has no master '" + address
                    + "': write local[2], spark://HOST:7077, yarn or k8s://https://HOST:PORT");
        }
        if (!conf.contains("spark.master")) {
            throw new IllegalArgumentException("the engine spark was given no master: write spark:local[2] or"
                    + " spark:spark://HOST:7077, or start Crucis with spark-submit");
        }
        return conf;
    }
}
