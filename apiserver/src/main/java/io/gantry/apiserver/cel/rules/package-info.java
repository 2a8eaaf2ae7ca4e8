/// `x-kubernetes-validations`: rules in the schemas of custom resources.
package io.gantry.apiserver.cel.rules;
