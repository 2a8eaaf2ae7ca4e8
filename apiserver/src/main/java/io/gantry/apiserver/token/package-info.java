/// Service-account tokens: issued, verified, and the documents by which others verify them.
package io.gantry.apiserver.token;
