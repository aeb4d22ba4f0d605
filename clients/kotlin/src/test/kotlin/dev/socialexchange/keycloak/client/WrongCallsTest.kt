package dev.socialexchange.keycloak.client

import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.nio.file.Path
import kotlin.io.path.writeText
import org.assertj.core.api.Assertions.assertThat
import org.jetbrains.kotlin.cli.common.ExitCode
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** What the types refuse, by the compiler itself. */
class WrongCallsTest {
    @TempDir private lateinit var folder: Path

    @Test
    fun everyWrongCallIsRefused() {
        val wrong =
            listOf(
                """suspend fun bareToken(client: RealmClient) = client.exchange("google", "token")""",
                """suspend fun noAlias(client: RealmClient) = client.exchange(Subject.AccessToken("token"))""",
                """fun codeWithoutItsAddress() = Subject.Code("code")""",
                """fun nonceOfAnAccessToken() = Subject.AccessToken("token", nonce = "nonce")""",
                """fun codeAndAccessToken() = Subject.IdToken("token", accessToken = "access", code = "code")""",
                """fun addressWithoutACode() = Subject.IdToken("token", redirectUri = "https://app.example/")""",
                """fun forgottenCases(answer: Answer) = when (answer) { is Answer.Tokens -> 1; is Answer.Refused -> 2 }""",
                """fun loginOfOnesOwn() = Login("state", "verifier")""",
                """fun outsideOfACoroutine(client: RealmClient) = client.refresh("token")""",
                """fun misspeltReason(reason: Reason) = reason == "throtled"""",
                """suspend fun unheldToken(session: Session): String = session.accessToken()""",
            )

        val (exit, said) = compiled(wrong)

        assertThat(exit).isEqualTo(ExitCode.COMPILATION_ERROR)
        assertThat(linesWithErrors(said)).isEqualTo(wrong.indices.map { it + 2 }.toSet())
    }

    /** Or the test above would be content with a compiler that finds nothing to compile against. */
    @Test
    fun rightCallsAreTaken() {
        val (exit, said) =
            compiled(
                listOf(
                    """suspend fun right(client: RealmClient) = client.exchange("google", Subject.IdToken("token"))""",
                    """fun both(code: String?) = Subject.IdToken("token", "nonce", code = code, redirectUri = "")""",
                    """fun all(answer: Answer) = when (answer) { is Answer.Tokens -> 1; is Answer.Refused -> 2; """ +
                        """is Answer.PersonNeeded -> 3; is Answer.TryLater -> 4 }""",
                    """suspend fun held(session: Session): String? = session.accessToken()""",
                )
            )

        assertThat(exit).describedAs(said).isEqualTo(ExitCode.OK)
    }

    private fun compiled(lines: List<String>): Pair<ExitCode, String> {
        val source = folder.resolve("App.kt")
        source.writeText((listOf("import dev.socialexchange.keycloak.client.*") + lines).joinToString("\n"))
        val said = ByteArrayOutputStream()
        val exit =
            K2JVMCompiler()
                .exec(
                    PrintStream(said),
                    "-no-stdlib",
                    "-no-reflect",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    "$folder/out",
                    "$source",
                )
        return exit to said.toString()
    }

    private fun linesWithErrors(said: String) =
        Regex("""App\.kt:(\d+):\d+: error:""").findAll(said).map { it.groupValues[1].toInt() }.toSet()
}
