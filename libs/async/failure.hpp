#pragma once

#include <string_view>

namespace tandem::async {

/// Logs and counts (tandem_task_failures_total) what a background task could not catch itself; private
/// to this library.
void report_failure(std::string_view task, std::string_view problem);

} // namespace tandem::async
