/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.healthstarter.autoconfigure.participant.kafka;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.participant.kafka.KafkaListeners;

/**
 * Auto-configuration of Spring Kafka's listeners as a participant of drains.
 */
@AutoConfiguration(afterName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@ConditionalOnHealthEnabled
@ConditionalOnClass(KafkaListenerEndpointRegistry.class)
@ConditionalOnBean(KafkaListenerEndpointRegistry.class)
public final class KafkaParticipantAutoConfiguration {

	@Bean
	KafkaListeners healthStarterKafkaListeners(ListableBeanFactory beanFactory, HealthInstance instance) {
		return new KafkaListeners(beanFactory, instance.time());
	}

}
