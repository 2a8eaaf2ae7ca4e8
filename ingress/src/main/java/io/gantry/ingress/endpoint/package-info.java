/// The endpoints of the Services that Ingresses name.
package io.gantry.ingress.endpoint;
