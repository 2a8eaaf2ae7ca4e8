package io.gantry.apiserver.audit;

import java.nio.file.Path;
import java.time.Duration;

/// The webhook's place.
///
/// @param kubeconfig says where it is, and as whom it is called
/// @param initialBackoff between the first try and the second one
public record WebhookSettings(Path kubeconfig, Duration initialBackoff, Delivery delivery) {}
