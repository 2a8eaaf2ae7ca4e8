/// A server of our own, alone, and the limits of the machine beside it.
package io.gantry.benchmarks.self;
