package io.gantry.apiserver.openapi;

/// What a client asks; every part is empty where it is absent.
///
/// @param path without the query
/// @param hash the query parameter
/// @param accept a header
/// @param acceptEncoding a header
/// @param ifNoneMatch a header
public record OpenApiRequest(String path, String hash, String accept, String acceptEncoding, String ifNoneMatch) {}
