/// Estimates what an expression can cost, before any value is known.
package io.gantry.cel.cost;
