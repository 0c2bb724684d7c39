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

package io.github.healthstarter.sample.orders;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/**
 * Tells callers what went wrong, as problem details (RFC 9457).
 */
@RestControllerAdvice
final class OrderProblems extends ResponseEntityExceptionHandler {

	@ExceptionHandler
	ProblemDetail databaseIsGone(DataAccessResourceFailureException ex) {
		this.logger.warn("The database cannot be reached: " + ex.getMessage());
		return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, "Orders cannot be reached right now");
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, describe(ex));
		return handleExceptionInternal(ex, problem, headers, status, request);
	}

	private static String describe(HttpMessageNotReadableException ex) {
		if (ex.getMostSpecificCause() instanceof IllegalArgumentException invalid && invalid.getMessage() != null) {
			return invalid.getMessage();
		}
		if (ex.getCause() instanceof JacksonException mismatch && !mismatch.getPath().isEmpty()) {
			return "'%s' is missing or of the wrong type".formatted(mismatch.getPath().get(0).getPropertyName());
		}
		return "The body must be a JSON object with 'customer', 'item' and 'quantity'";
	}

}
