import { AnswerPanel } from '../../parts/answer-panel';
import { useOpenQuestion } from '../../question/open-question';
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
  return (
    <AnswerPanel title="Picture" unasked={UNASKED} whenEmpty={<WorkedQuestion />}>
      {(identified) => <Board key={identified.answer.query} identified={identified} whenEmpty={<WorkedQuestion />} />}
    </AnswerPanel>
  );
}

const UNASKED =
  'Here the answer to your question is drawn. Any question makes a picture whose answer tells of organizations, laws, ' +
  'claims, studies, jurisdictions or topics.';

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
