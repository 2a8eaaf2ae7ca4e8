/// What a new cluster has before anybody came: roles, bindings, system namespaces.
package io.gantry.apiserver.bootstrap;
