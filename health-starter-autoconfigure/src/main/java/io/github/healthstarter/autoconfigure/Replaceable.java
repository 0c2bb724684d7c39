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

package io.github.healthstarter.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Conditional;

/**
 * A bean that gives way to one of its type that the application has in the same context,
 * or to one of its name. It is {@link ConditionalOnMissingBean} for the type that the
 * method returns, except that the type of each bean definition is found out once for all
 * beans of the starter and not once for each of them, which in an application with some
 * hundred beans takes a while.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnNoReplacement.class)
public @interface Replaceable {

	/**
	 * Whether the bean gives way to one of the same name, because there may be several of
	 * its type.
	 * @return {@code true} where only the name counts
	 */
	boolean byName() default false;

}
