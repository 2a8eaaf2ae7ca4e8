/// Who asks: client certificates, bearer tokens, impersonation.
package io.gantry.apiserver.authn;
