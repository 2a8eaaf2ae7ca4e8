/// `gantry bench`: the load tool.
package io.gantry.benchmarks;
