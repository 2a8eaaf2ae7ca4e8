package io.gantry.client.http;

/// An answer, whatever its status.
///
/// @param retryAfter the header of that name, empty for none
public record Answer(int status, String retryAfter, Reply reply) {}
