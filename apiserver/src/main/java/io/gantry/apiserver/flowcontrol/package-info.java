/// Priority and fairness: which requests may be worked on at the same time, so that a client that floods
/// the server does not slow the others (upstream `apiserver/pkg/util/flowcontrol`, KEP-1040).
package io.gantry.apiserver.flowcontrol;
