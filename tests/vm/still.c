/* The least that can be PID 1: one line, and then nothing. What it needs to be seen is what the kernel
 * costs. */
#include <unistd.h>

int main(void)
{
	static const char line[] = "This line was printed by an empty init.\n";

	/* the kernel opens /dev/console as its standard output */
	(void)!write(1, line, sizeof line - 1);
	for (;;)
		pause();
}
