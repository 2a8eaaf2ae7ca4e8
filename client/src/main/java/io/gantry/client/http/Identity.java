package io.gantry.client.http;

/// What each request says of its sender.
///
/// @param token empty for none
public record Identity(String userAgent, String token) {}
