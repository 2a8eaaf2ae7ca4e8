/// Evaluates checked expressions and counts what they cost.
package io.gantry.apiserver.cel.eval;
