/** Trials on Apache Spark: names go out, results come back, and nothing of Spark is in any other room. */
package org.crucis.spark;
