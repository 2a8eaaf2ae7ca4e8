package io.gantry.ingress.proxy;

/// Tells connections that the process ends: what runs may end, nothing begins.
enum Drain {
    NOW
}
