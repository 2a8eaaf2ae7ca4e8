package io.gantry.controllermanager.simulation;

/// The controllers' process dies here.
final class Crash extends Error {
    Crash() {
        super("crash", null, false, false);
    }
}
