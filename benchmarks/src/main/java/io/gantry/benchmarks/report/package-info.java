/// Results as a table, as JSON, as plots.
package io.gantry.benchmarks.report;
