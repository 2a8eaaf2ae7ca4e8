/// Which request goes where: pure functions of Ingress objects, tested by tables.
package io.gantry.ingress.route;
