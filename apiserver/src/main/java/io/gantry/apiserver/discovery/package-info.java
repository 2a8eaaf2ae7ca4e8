/// Discovery: which groups, versions and resources are served. Pure functions of a snapshot; knows nothing of requests.
@org.jspecify.annotations.NullMarked
package io.gantry.apiserver.discovery;
