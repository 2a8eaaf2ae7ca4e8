/// The kinds that are only asked and answered: who am I, may I, whose token is this.
package io.gantry.apiserver.review;
