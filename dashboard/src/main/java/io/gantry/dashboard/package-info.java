/// A web dashboard of any cluster: a server on loopback that gives the browser a page and relays it to the API server.
/// [io.gantry.dashboard.Dashboard] starts it.
package io.gantry.dashboard;
