/// The load client: plain HTTP/2 on few event loops, so that it is not what limits a measurement.
package io.gantry.benchmarks.http;
