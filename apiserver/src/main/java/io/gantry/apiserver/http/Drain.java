package io.gantry.apiserver.http;

/// Told to every connection when the server is about to stop.
enum Drain {
    NOW
}
