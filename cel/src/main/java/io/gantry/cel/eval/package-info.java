/// Evaluates checked expressions and counts what they cost.
package io.gantry.cel.eval;
