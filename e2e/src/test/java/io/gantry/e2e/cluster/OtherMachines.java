package io.gantry.e2e.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A class of tests that keeps away from the [SharedCluster]: it makes clusters of its own or uses the [FaultyCluster].
/// Such classes run one after the other, beside those of the shared cluster: two clusters at once are what a small
/// machine bears.
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ResourceLock("other machines")
public @interface OtherMachines {}
