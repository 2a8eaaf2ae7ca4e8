package io.gantry.apiserver.audit;

/// The log's place and size.
///
/// @param path `-` for standard output
/// @param maxMegabytes 0 for a file that is never full
/// @param maxBackups and `maxAgeDays`: 0 for no limit
/// @param compress whether full files are compressed
public record LogSettings(
        String path, int maxMegabytes, int maxBackups, int maxAgeDays, boolean compress, Delivery delivery) {}
