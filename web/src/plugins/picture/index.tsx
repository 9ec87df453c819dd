import { lastAnswer } from '../../answer/answer';
import { useIdentified } from '../../answer/use-identified';
import { useOpenQuestion } from '../../page/open-question';
import { Empty, Panel } from '../../parts/panel';
import { useStore } from '../../store';
import { Board } from './board';
import './picture.css';

/** A question with a picture, whatever the server's data are about. */
const WORKED_QUESTION = `# Who is for and who is against the laws that most is said of?
{
  laws(first: 3, orderBy: { field: CONNECTIONS, direction: DESC }) {
    nodes {
      name
      supporters {
        nodes {
          name
        }
      }
      opponents {
        nodes {
          name
        }
      }
    }
  }
}
`;

/** The last answer as a picture: entities and the statements between them. */
export default function Picture() {
  const answer = useStore(lastAnswer);
  const identified = useIdentified();
  if (!answer?.data) {
    return (
      <Panel title="Picture">
        <Empty>
          {answer ? 'The last question has no answer to draw. ' : 'Here the answer to your question is drawn. '}
          Any question makes a picture whose answer tells of organizations, laws, claims, studies, jurisdictions or
          topics.
        </Empty>
        <WorkedQuestion />
      </Panel>
    );
  }
  if (!identified) {
    return (
      <Panel title="Picture">
        <p role="status">Reading the answer …</p>
      </Panel>
    );
  }
  return <Board key={identified.answer.query} identified={identified} whenEmpty={<WorkedQuestion />} />;
}

function WorkedQuestion() {
  const open = useOpenQuestion();
  return (
    <button
      type="button"
      className="panel-button"
      disabled={!open}
      onClick={() => open?.({ query: WORKED_QUESTION, variables: {} }, { run: true })}
    >
      Ask who is for and against some laws
    </button>
  );
}
